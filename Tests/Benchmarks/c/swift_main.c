/* Hands the numbers to a contestant in Swift, which provides the rest of contestant.h. */
#include "contestant.h"

void swift_prepare(const REAL *start, const REAL *x, const REAL *t);

void bench_prepare(void) { swift_prepare(bench_start, bench_x, bench_t); }
