import NNCAlgebra

/// A kind of machine that a Program is made for: what decides lanes, blocks and whether products are fused with sums.
///
/// A Program made for one target runs anywhere with the same bits, if more slowly: the target decides which operations
/// it holds, not what they give.
public struct Target: Hashable, Sendable {
  /// Its name on the command line.
  public var name: String
  /// The bytes of a vector register; 0 where code is to be scalar.
  public var vectorBytes: Int
  /// How many vector registers there are, or of numbers where code is scalar; few where they are soon spilled.
  public var vectorRegisters: Int
  /// The precisions in which it multiplies and adds with one rounding in one instruction.
  public var fused: Set<Precision>
  /// The bytes of the caches near one core.
  public var cacheBytes: Int
  /// The most scalar operations of a train step that are worth straight-line code; more are loops.
  public var unrollLimit: Int
  /// The macro that a C compiler defines where it compiles for such a machine; empty where any will do.
  public var macro: String
  /// What tells gcc, clang and, behind -Xcc, swiftc to compile for it.
  public var flags: String
  /// The command of its C compiler, where it is a machine that programs are not compiled on.
  public var compiler: String
  /// In a line, for whom it is.
  public var summary: String

  /// How many numbers of a precision a vector holds; 1 where code is scalar.
  public func lanes(_ precision: Precision) -> Int { max(1, vectorBytes / precision.bytes) }

  /// Whether products are fused with the sums they are added to.
  public func fuses(_ precision: Precision) -> Bool { fused.contains(precision) }

  /// The target of that name.
  public init?(named name: String) {
    guard let target = Self.all.first(where: { $0.name == name }) else { return nil }
    self = target
  }

  private init(
    _ name: String, vector: Int, registers: Int, fused: Set<Precision>, cache: Int,
    unroll: Int = 300, macro: String, flags: String, compiler: String = "cc", _ summary: String
  ) {
    self.name = name
    vectorBytes = vector
    vectorRegisters = registers
    self.fused = fused
    cacheBytes = cache
    unrollLimit = unroll
    self.macro = macro
    self.flags = flags
    self.compiler = compiler
    self.summary = summary
  }

  /// Code for any machine with a C99 compiler: scalar, each operation rounded on its own.
  public static let generic = Target(
    "generic", vector: 0, registers: 16, fused: [], cache: 1 << 18, macro: "", flags: "",
    "any machine: scalar code, no fused operations")

  /// The targets, in the order in which they are listed to the user.
  public static let all: [Target] = [
    generic,
    Target(
      "x86-64-v3", vector: 32, registers: 16, fused: [.f64, .f32], cache: 1 << 18,
      macro: "__AVX2__", flags: "-march=x86-64-v3", "x86-64 with AVX2 and FMA, since about 2013"),
    Target(
      "x86-64-v4", vector: 64, registers: 32, fused: [.f64, .f32], cache: 1 << 20,
      macro: "__AVX512F__", flags: "-march=x86-64-v4", "x86-64 with AVX-512"),
    Target(
      "arm64", vector: 16, registers: 32, fused: [.f64, .f32], cache: 1 << 19,
      macro: "__aarch64__", flags: "", "64-bit ARM with NEON"),
    Target(
      "mcu", vector: 0, registers: 4, fused: [], cache: 0, unroll: 256, macro: "", flags: "",
      "any microcontroller: scalar, loops in place of long code"),
    Target(
      "cortex-m4", vector: 0, registers: 16, fused: [.f32], cache: 0, unroll: 256,
      macro: "__ARM_FEATURE_FMA", flags: "-mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard",
      compiler: "arm-none-eabi-gcc",
      "Cortex-M4F and later: scalar, fused in single precision"),
  ]
}
