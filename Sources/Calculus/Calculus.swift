// Calculus
