// Runs a command and writes what it took into a file: seconds by the clock, seconds of processor
// time, peak memory in KiB. A process inherits the peak of the one that starts it until it runs a
// program of its own; this one is small.
//
//     launch FILE COMMAND [ARGUMENT …]

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    FILE *file = fopen(argv[1], "we");
    if (file == NULL) return 2;
    double start = seconds_now();
    pid_t child = fork();
    if (child < 0) return 2;
    if (child == 0) {
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) != child) return 2;
    double cpu = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    fprintf(file, "%.6f %.6f %ld\n", seconds_now() - start, cpu, usage.ru_maxrss);
    fclose(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
