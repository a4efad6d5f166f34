/* The function that is measured: WIDE(a, b) in double precision, LONG(a, b) in x87's extended precision and QUAD(a, b)
 * in 113 bits, for ARITY arguments; the ranges for f64, and how many numbers are drawn from them. measure.py defines
 * them. */
#include <quadmath.h>
#include <stddef.h>
#include <stdint.h>

struct range { int bits; double low, high; };
static const struct range ranges[] = {RANGE_LIST};
enum { RANGES = sizeof ranges / sizeof ranges[0] };

/* The values, each as the sum of a rounded one and what that lacks (0 in double precision), for n arguments. */
void extended(const double *x, double *high, double *low, size_t n, int is_double);
/* The value to 113 bits. */
__float128 exactly(double a, double b);
