/* The worked example by hand: the block is w1 … w4, b1, b2, w5 … w8, b3, b4. */
REAL hand_gradient(const REAL p[12], const REAL x[2], const REAL t[2], REAL g[12]);
REAL hand_train(REAL p[12], const REAL x[2], const REAL t[2]);
REAL hand_gradient_many(const REAL p[12], long n, const REAL *x, const REAL *t, REAL g[12]);
