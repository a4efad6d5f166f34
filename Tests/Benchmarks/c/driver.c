/* The process of a contestant in C: the protocol of workers/worker.py. */
#define _POSIX_C_SOURCE 199309L
#include "contestant.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

REAL bench_start[PARAMETERS] __attribute__((aligned(64)));
REAL bench_x[BATCH * INPUTS] __attribute__((aligned(64)));
REAL bench_t[BATCH * OUTPUTS] __attribute__((aligned(64)));

/* By the clock that the harness names: the process's own time, or the wall's. */
static clockid_t the_clock = CLOCK_MONOTONIC;

static double seconds(void) {
  struct timespec now;
  clock_gettime(the_clock, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void load(const char *folder, const char *name, REAL *to, size_t count) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s.bin", folder, name);
  FILE *file = fopen(path, "rb");
  if (!file || fread(to, sizeof(REAL), count, file) != count) {
    fprintf(stderr, "%s: cannot read %zu numbers\n", path, count);
    exit(1);
  }
  fclose(file);
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  load(argv[1], "p", bench_start, PARAMETERS);
  load(argv[1], "x", bench_x, BATCH * INPUTS);
  load(argv[1], "t", bench_t, BATCH * OUTPUTS);
  const char *named = getenv("BENCHMARK_CLOCK");
  if (named && !strcmp(named, "cpu")) the_clock = CLOCK_PROCESS_CPUTIME_ID;
  bench_prepare();
  static double results[PARAMETERS + BATCH * OUTPUTS + 1];
  char line[4352], path[4096];
  long count;
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "run %ld", &count) == 1) {
      bench_reset();
      double start = seconds();
      bench_run(count);
      printf("%.9f\n", seconds() - start);
    } else if (sscanf(line, "check %ld %4095[^\n]", &count, path) == 2) {
      bench_reset();
      bench_run(count);
      long size = bench_results(results);
      FILE *file = fopen(path, "wb");
      if (!file || fwrite(results, sizeof(double), (size_t)size, file) != (size_t)size) return 1;
      if (fclose(file)) return 1;
      printf("written\n");
    } else {
      printf("what?\n");
    }
    fflush(stdout);
  }
  return 0;
}
