/* A chain of layers in plain loops: see plain.c. */
REAL plain_train(REAL *p, const REAL *x, const REAL *t);
const REAL *plain_predict(const REAL *p, const REAL *x);
