/* Preloaded into a process: logs every change of the files in one folder, and fails writes when told to.
 *
 * FAULT_FOLDER names the folder, FAULT_LOG the log.  A record is a line
 * "<op> <inode> <offset> <length> <name>\n" and, for a write, its bytes.
 * Ops: W write, T truncate, S sync of a file, C name created, U name removed,
 * M name moved ("old" then "new", a zero byte between), L name linked, D folder synced.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
enum { FDS = 4096 };

static char tracked[FDS]; /* 1 a file of the folder, 2 the folder itself */
static int log_fd = -1;
static long fail_at = 0, fail_with = 0, operations = 0;

/* From the n-th write, truncation or sync on, every one fails with that error; 0 ends it. */
void fault_arm(long n, long error) { fail_at = n; fail_with = error; operations = 0; }

static int fails(int fd, long end) {
    struct stat found;
    if (!fail_at) return 0;
    /* A full disk refuses only what makes a file longer. */
    if (fail_with == ENOSPC && !fstat(fd, &found) && end <= found.st_size) return 0;
    if (++operations < fail_at) return 0;
    errno = (int)fail_with;
    return 1;
}

static const char *name_in_folder(const char *path) {
    const char *folder = getenv("FAULT_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    if (!length || strncmp(path, folder, length)) return NULL;
    if (!path[length]) return "";
    return path[length] == '/' && !strchr(path + length + 1, '/') ? path + length + 1 : NULL;
}

static void record(char op, unsigned long inode, long offset, const void *data, size_t length, const char *name) {
    char line[1024];
    if (log_fd < 0) {
        const char *path = getenv("FAULT_LOG");
        if (!path) return;
        log_fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND, 0644);
    }
    int size = snprintf(line, sizeof line, "%c %lu %ld %zu ", op, inode, offset, length);
    syscall(SYS_write, log_fd, line, size);
    if (op == 'M' || op == 'L') { /* data is the old name */
        syscall(SYS_write, log_fd, data, strlen(data) + 1);
    }
    syscall(SYS_write, log_fd, name, strlen(name));
    syscall(SYS_write, log_fd, "\n", 1);
    if (op == 'W') syscall(SYS_write, log_fd, data, length);
}

static unsigned long inode_of(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : (unsigned long)found.st_ino;
}

static int opened(int fd, const char *path, int flags, int existed) {
    const char *name = fd >= 0 && fd < FDS ? name_in_folder(path) : NULL;
    if (fd >= 0 && fd < FDS) tracked[fd] = name ? (*name ? 1 : 2) : 0;
    if (name && *name) {
        if (!existed) record('C', inode_of(fd), 0, NULL, 0, name);
        else if (flags & O_TRUNC) record('T', inode_of(fd), 0, NULL, 0, name);
    }
    return fd;
}

#define OPEN(function)                                                             \
    int function(const char *path, int flags, ...) {                               \
        va_list rest;                                                              \
        va_start(rest, flags);                                                     \
        mode_t mode = va_arg(rest, mode_t);                                        \
        va_end(rest);                                                              \
        int existed = syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;           \
        return opened(REAL(function)(path, flags, mode), path, flags, existed);    \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    if (fd >= 0 && fd < FDS) tracked[fd] = 0;
    return REAL(close)(fd);
}

static int is_tracked(int fd) { return fd >= 0 && fd < FDS ? tracked[fd] : 0; }

ssize_t write(int fd, const void *data, size_t length) {
    if (is_tracked(fd) != 1) return REAL(write)(fd, data, length);
    long offset = lseek(fd, 0, SEEK_CUR);
    if (fails(fd, offset + (long)length)) return -1;
    ssize_t done = REAL(write)(fd, data, length);
    if (done > 0) record('W', inode_of(fd), offset, data, done, "");
    return done;
}

#define PWRITE(function, type)                                                     \
    ssize_t function(int fd, const void *data, size_t length, type offset) {       \
        if (is_tracked(fd) == 1 && fails(fd, (long)offset + (long)length)) return -1; \
        ssize_t done = REAL(function)(fd, data, length, offset);                   \
        if (is_tracked(fd) == 1 && done > 0)                                       \
            record('W', inode_of(fd), (long)offset, data, done, "");               \
        return done;                                                               \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(function, type)                                                   \
    int function(int fd, type size) {                                              \
        if (is_tracked(fd) == 1 && fails(fd, 0)) return -1;                           \
        int done = REAL(function)(fd, size);                                       \
        if (is_tracked(fd) == 1 && !done) record('T', inode_of(fd), (long)size, NULL, 0, ""); \
        return done;                                                               \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(function)                                                             \
    int function(int fd) {                                                         \
        if (is_tracked(fd) == 1 && fails(fd, 0)) return -1;                           \
        if (is_tracked(fd)) record(is_tracked(fd) == 1 ? 'S' : 'D', inode_of(fd), 0, NULL, 0, ""); \
        return 0; /* the log is the disk: nothing is gained by waiting for the real one */ \
    }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
    const char *name = name_in_folder(path);
    int done = REAL(unlink)(path);
    if (name && !done) record('U', 0, 0, NULL, 0, name);
    return done;
}

int rename(const char *old, const char *new) {
    const char *from = name_in_folder(old), *to = name_in_folder(new);
    int done = REAL(rename)(old, new);
    if (from && to && !done) record('M', 0, 0, from, 0, to);
    return done;
}

int link(const char *old, const char *new) {
    const char *from = name_in_folder(old), *to = name_in_folder(new);
    int done = REAL(link)(old, new);
    if (from && to && !done) record('L', 0, 0, from, 0, to);
    return done;
}
