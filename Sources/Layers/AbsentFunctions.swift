/// A function that people know from elsewhere and that the language has not, or has by another name: a row of a table.
struct AbsentFunction: Sendable {
  /// The names by which people ask for it.
  let names: [String]
  /// Why it is not there, in a few words; nil where another function is the same.
  let reason: String?
  /// The function that is the same, or what is near, in words.
  let near: String

  /// Whether it is there by another name.
  var isAlias: Bool { reason == nil }

  /// What can be written instead; nil where it is there by another name.
  var words: String? { isAlias ? nil : near }

  /// The row for a name, or nil where the table has none.
  init?(_ name: String) {
    guard let row = Self.all.first(where: { $0.names.contains(name) }) else { return nil }
    self = row
  }

  private init(_ names: [String], is near: String) {
    (self.names, reason, self.near) = (names, nil, near)
  }

  private init(_ names: [String], _ reason: String, _ near: String) {
    (self.names, self.reason, self.near) = (names, reason, near)
  }

  /// The table. A name that becomes a function of the language leaves it.
  static let all: [AbsentFunction] = [
    // There by another name
    .init(["ln"], is: "log"),
    .init(["lg"], is: "log10"),
    .init(["ld", "lb"], is: "log2"),
    .init(["absolute", "fabs", "magnitude"], is: "abs"),
    .init(["arcsin"], is: "asin"),
    .init(["arccos"], is: "acos"),
    .init(["arctan"], is: "atan"),
    .init(["arctan2"], is: "atan2"),
    .init(["arcsinh", "arsinh"], is: "asinh"),
    .init(["arccosh", "arcosh"], is: "acosh"),
    .init(["arctanh", "artanh"], is: "atanh"),
    .init(["power"], is: "pow"),
    .init(["ceiling"], is: "ceil"),
    .init(["rint", "nearbyint"], is: "round"),
    .init(["truncate", "fix"], is: "trunc"),
    .init(["remainder", "floormod"], is: "mod"),
    .init(["clip"], is: "clamp"),
    .init(["sgn", "signum"], is: "sign"),
    .init(["expit", "logistic"], is: "sigmoid"),
    .init(["swish"], is: "silu"),
    .init(["maximum", "fmax", "amax"], is: "max"),
    .init(["minimum", "fmin", "amin"], is: "min"),
    .init(["average"], is: "mean"),
    .init(["log_softmax"], is: "logsoftmax"),
    .init(["log_sigmoid"], is: "logsigmoid"),
    .init(["gammaln", "loggamma"], is: "lgamma"),
    .init(["psi"], is: "digamma"),
    .init(["gradient", "derivative", "deriv", "derive", "D"], is: "diff"),
    .init(["ifelse", "iif", "cond"], is: "where"),
    .init(["subs", "replace"], is: "substitute"),
    .init(["series"], is: "taylor"),
    .init(["expanded", "multiply_out"], is: "expand"),
    .init(["factorise", "factorize"], is: "factor"),
    .init(["product"], is: "prod"),
    .init(["variance"], is: "var"),
    .init(["stddev", "stdev", "sd"], is: "std"),
    .init(["cat", "concatenate"], is: "concat"),
    .init(["swapaxes", "moveaxis", "movedim"], is: "permute"),
    .init(["view", "resize"], is: "reshape"),
    .init(["diagonal"], is: "diag"),
    .init(["tr"], is: "trace"),
    .init(["inverse", "invert"], is: "inv"),
    .init(["determinant"], is: "det"),
    .init(["chol"], is: "cholesky"),
    .init(["identity"], is: "eye"),
    .init(["reverse"], is: "flip"),
    .init(["cumulative_sum"], is: "cumsum"),
    .init(["sorted"], is: "sort"),

    // Made of what is there
    .init(["gamma", "tgamma"], "it overflows beyond 171", "`exp(lgamma(x))` is Γ(x) for x > 0"),
    .init(["factorial"], "it overflows beyond 170", "`exp(lgamma(n + 1))` is n!"),
    .init(["beta"], "not a function", "`exp(lgamma(a) + lgamma(b) - lgamma(a + b))` is B(a, b)"),
    .init(["trigamma"], "not a function", "`polygamma(1, x)` is the derivative of `digamma(x)`"),
    .init(["sec"], "not a function", "`1/cos(x)` is the secant"),
    .init(["csc", "cosec"], "not a function", "`1/sin(x)` is the cosecant"),
    .init(["cot"], "not a function", "`cos(x)/sin(x)` is the cotangent"),
    .init(["csch"], "not a function", "`1/sinh(x)` is the hyperbolic cosecant"),
    .init(["coth"], "not a function", "`1/tanh(x)` is the hyperbolic cotangent"),
    .init(["cbrt"], "not a function", "`sign(x)*abs(x)^(1/3)` is the real cube root"),
    .init(["logit"], "not a function", "`log(p) - log1p(-p)` is the logit of p"),
    .init(["heaviside", "step"], "not a function", "`x > 0` is 1 where it holds, else 0"),
    .init(
      ["fmod"], "not a function", "`a - b*trunc(a/b)` has the sign of a; `mod(a, b)` that of b"),
    .init(["frac"], "not a function", "`x - trunc(x)` is what stands behind the point"),
    .init(
      ["deg2rad", "radians"], "not a function", "`x*pi/180` turns degrees to radians"),
    .init(
      ["rad2deg", "degrees"], "not a function", "`x*180/pi` turns radians to degrees"),
    .init(
      ["matmul", "mm", "mv"], "a product has a sign", "`a @ b` is the product of matrices and lists"
    ),
    .init(["stop_gradient"], "not a function", "`detach(a)` is held fixed for derivatives"),
    .init(["if"], "a choice is a function here", "`where(c, a, b)` is a where c holds, else b"),

    // Not to be had
    .init(
      ["svd", "eig", "eigh", "eigvals", "matrix_rank", "expm", "logm", "sqrtm"],
      "it takes as many steps as its values demand",
      "`inv`, `solve`, `det`, `logdet` and `cholesky` are there for matrices"),
    .init(
      ["pinv", "lstsq"], "its rank depends on the values",
      "`solve(transpose(a) @ a, transpose(a) @ b)` is the least squares' solution"),
    .init(
      ["qr", "lu"], "a decomposition has several parts",
      "`solve`, `inv`, `det` and `cholesky` have one"),
    .init(
      ["slogdet"], "it has two parts", "`logdet(a)` is the logarithm, `sign(det(a))` the sign"),
    .init(
      ["matrix_power", "mpower"], "not a function", "`a @ a` is the square of a matrix"),
    .init(
      ["percentile", "nanmedian"], "not a function",
      "`sort(a)` has the elements in order, `median(a)` the middle one"),
    .init(
      ["unique", "nonzero", "argwhere", "bincount", "histogram"],
      "how many elements it has depends on the values",
      "a comparison such as `a > 0` has one for each element, and `sum` counts them"),
    .init(
      ["mode"], "it counts equal elements", "`median` and `mean` are there"),
    .init(
      ["simplify"], "every result is simplified", "`expand(e)` and `factor(e)` ask for a form"),
    .init(
      ["squeeze", "unsqueeze", "expand_dims", "ravel"], "not a function",
      "`reshape(a, [2, 3])` gives any shape, and an index leaves its axis out"),
    .init(
      ["hstack", "vstack", "dstack"], "not a function",
      "`concat(a, b, axis=1)` joins along an axis, `stack(a, b)` along a new one"),
    .init(
      ["tile", "repeat", "repeat_interleave", "broadcast_to"], "not a function",
      "`concat(a, a)` repeats; operands are repeated where shapes differ"),
    .init(
      ["zeros", "ones", "full", "arange", "linspace"], "not a function",
      "a list such as `[0, 0, 0]` has numbers; `0*a` has the shape of a"),
    .init(
      ["solve_equation", "root", "roots", "nsolve"], "there are expressions, and no equations",
      "`solve(a, b)` is x of a @ x == b; `factor(e, v)` finds rational roots"),
    .init(
      ["integrate", "integral", "quad"], "there are derivatives, and no integrals",
      "`mean` of the function at many places comes near"),
    .init(
      ["limit", "lim"], "there are derivatives, and no limits", "`diff(e, v)` is a derivative"),
    .init(
      ["rand", "random", "randn", "normal", "uniform"],
      "an expression has one value for equal inputs",
      "a layer `dropout` draws at random while training"),
    .init(
      ["gumbel_softmax"], "it draws at random", "`softmax(a)` has one value for equal inputs"),
    .init(
      ["ctc", "ctc_loss"], "it sums over all alignments",
      "`cross_entropy(y, t)` takes aligned classes"),
    .init(
      ["fft", "rfft", "ifft"], "numbers are real", "`conv(x, w)` is a convolution"),
    .init(
      ["real", "imag", "conj", "arg", "complex"], "numbers are real",
      "`hypot(a, b)` and `atan2(b, a)` are magnitude and angle of a + ib"),
    .init(["erfinv", "ndtri"], "it has no arithmetic here yet", "`erf` and `erfc` are there"),
    .init(
      ["nextafter", "spacing"], "it steps from number to number, and has no derivative",
      "`abs(x)*1e-16` is near the distance"),
  ]
}
