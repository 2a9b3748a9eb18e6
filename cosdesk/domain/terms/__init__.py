"""The grammar behind `domain.schedule`: words, parts, points, phases, periods and windows of Russian terms."""
