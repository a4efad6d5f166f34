/// How each transcendental function is computed: formulas of machine operations for either precision.
public enum Arithmetic {}
