"""The one error a user is meant to read."""


class UserError(Exception):
    """A fault of the input or the machine, told in one Russian sentence.

    The message says what happened and what to do.  It is shown as it is: by the
    window in one place, by the command line on standard error.  Anything else that
    escapes is a bug.
    """
