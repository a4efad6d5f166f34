import NNCAlgebra

/// C99.
struct CDialect: Dialect {
  let precision: Precision
  /// What the names of helper functions begin with.
  let prefix: String
  /// The lanes of the widest vector; 1 where there are none.
  var widest = 1

  var vectors: (any VectorDialect)? {
    widest > 1 ? CVectors(dialect: self, widest: widest) : nil
  }

  var real: String { precision == .f64 ? "double" : "float" }
  var word: String { precision == .f64 ? "uint64_t" : "uint32_t" }

  /// Those of C99, C11 and C++, what emitted code calls, and names that headers define as macros or variables.
  var keywords: Set<String> { Self.keywords }

  private static let keywords = Names.words(
    """
    auto break case char const continue default do double else enum extern float for goto if inline int long
    register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
    bool true false complex imaginary alignas alignof atomic generic noreturn thread_local static_assert asm
    catch class constexpr decltype delete explicit export friend mutable namespace new noexcept nullptr operator
    private protected public template this throw try typeid typename using virtual wchar_t and or not xor bitand
    bitor compl and_eq or_eq not_eq xor_eq
    fabs fabsf sqrt sqrtf fma fmaf size_t int32_t NULL main memcpy stdin stdout stderr linux unix signgam
    """)

  var groupsStatements: Bool { false }
  var transpose: String { prefix + "_transpose" }
  var turnOfUnit: String { prefix + "_turn" }
  var terminator: String { ";" }

  func type(_ type: ScalarType) -> String {
    switch type {
    case .real: real
    case .bits: word
    case .truth: "bool"
    }
  }

  func declare(_ name: String, _ type: String, _ value: String, mutable: Bool) -> String {
    "\(mutable ? "" : "const ")\(type) \(name) = \(value);"
  }

  func declareArray(_ name: String, _ type: String, _ values: [String]) -> [String] {
    let head = "\(type) \(name)[\(values.count)] = {"
    let whole = "const \(head)\(values.joined(separator: ", "))};"
    return whole.utf8.count <= 90 ? [whole] : ["const \(head)"] + wrapped(values) + ["};"]
  }

  func element(of array: String, _ number: String) -> String { "\(array)[\(number)]" }

  func declareIndex(_ name: String, _ value: String) -> String {
    "const size_t \(name) = \(value);"
  }

  func assign(_ target: String, _ value: String) -> String { "\(target) = \(value);" }
  func giveBack(_ value: String) -> String { "return \(value);" }

  func loop(_ name: String, from: String, to: String) -> String {
    "for (size_t \(name) = \(from); \(name) < \(to); ++\(name)) {"
  }

  func block(_ comment: String) -> String { "{ /* \(comment) */" }

  func minimum(_ a: String, _ b: String) -> String { "(\(b) < \(a) ? \(b) : \(a))" }

  func unusedLoop(_ name: String) -> String { name }

  func real(_ value: Double) -> String {
    let value = Literal.rounded(value, precision)
    let suffix = precision == .f64 ? "" : "f"
    if value.isNaN { return "(\(real))NAN" }
    if value.isInfinite {
      let constant = precision == .f64 ? "HUGE_VAL" : "HUGE_VALF"
      return value < 0 ? "-\(constant)" : constant
    }
    return Literal.decimal(value, precision) + suffix
  }

  func bits(_ value: UInt64, small: Bool) -> String {
    if small { return "\(value)" }
    let digits = value < 10 ? "\(value)" : "0x" + String(value, radix: 16)
    return precision == .f64 ? "UINT64_C(\(digits))" : "UINT32_C(\(digits))"
  }

  var whole: String { "int32_t" }
  func real(of whole: String) -> String {
    whole.contains(" ") && !whole.hasSuffix("]") ? "(\(real))(\(whole))" : "(\(real))\(whole)"
  }
  func index(of number: String) -> String { "(size_t)\(number)" }
  func sampleCount(_ count: String) -> String { "(\(real))\(count)" }

  func pattern(_ primitive: Primitive) -> String {
    primitive.row.c.map { character in
      switch character {
      case "#": precision == .f64 ? "" : "f"
      case "@": prefix + "_"
      default: String(character)
      }
    }.joined()
  }
}
