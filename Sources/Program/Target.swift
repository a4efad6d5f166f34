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
  /// The steps of its clock from a product added to a sum until that sum can take the next.
  public var fusedLatency: Int
  /// How many vectors, or numbers where code is scalar, it multiplies and adds in one step of its clock.
  public var multiplyPipes: Int
  /// The bytes of the caches that one core has, from the nearest on; 0 where there is no such cache.
  public var caches: Caches
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

  /// The bytes of a core's caches.
  public struct Caches: Hashable, Sendable {
    /// The first level's, for data.
    public var l1: Int
    /// The second level's.
    public var l2: Int
    /// The third level's, as much of it as one core can count on.
    public var l3: Int

    /// Makes them of their KiB.
    init(kilobytes l1: Int, _ l2: Int, _ l3: Int) {
      (self.l1, self.l2, self.l3) = (l1 << 10, l2 << 10, l3 << 10)
    }

    /// No caches: memory answers as fast as they would, as it does on a microcontroller.
    static let none = Caches(kilobytes: 0, 0, 0)
  }

  /// The target of that name.
  public init?(named name: String) {
    guard let target = Self.all.first(where: { $0.name == name }) else { return nil }
    self = target
  }

  private init(
    _ name: String, vector: Int, registers: Int, fused: Set<Precision>, latency: Int, pipes: Int,
    caches: Caches, unroll: Int = 300, macro: String, flags: String, compiler: String = "cc",
    _ summary: String
  ) {
    self.name = name
    vectorBytes = vector
    vectorRegisters = registers
    self.fused = fused
    fusedLatency = latency
    multiplyPipes = pipes
    self.caches = caches
    unrollLimit = unroll
    self.macro = macro
    self.flags = flags
    self.compiler = compiler
    self.summary = summary
  }

  /// Code for any machine with a C99 compiler: scalar, each operation rounded on its own.
  public static let generic = Target(
    "generic", vector: 0, registers: 16, fused: [], latency: 4, pipes: 2,
    caches: .init(kilobytes: 32, 256, 2048), macro: "", flags: "",
    "any machine: scalar code, no fused operations")

  /// The targets, in the order in which they are listed to the user.
  public static let all: [Target] = [
    generic,
    Target(
      "x86-64-v3", vector: 32, registers: 16, fused: [.f64, .f32], latency: 4, pipes: 2,
      caches: .init(kilobytes: 32, 512, 4096),
      macro: "__AVX2__", flags: "-march=x86-64-v3", "x86-64 with AVX2 and FMA, since about 2013"),
    Target(
      "x86-64-v4", vector: 64, registers: 32, fused: [.f64, .f32], latency: 4, pipes: 2,
      caches: .init(kilobytes: 48, 1280, 8192),
      macro: "__AVX512F__", flags: "-march=x86-64-v4", "x86-64 with AVX-512"),
    Target(
      "arm64", vector: 16, registers: 32, fused: [.f64, .f32], latency: 4, pipes: 2,
      caches: .init(kilobytes: 64, 1024, 4096),
      macro: "__aarch64__", flags: "", "64-bit ARM with NEON"),
    Target(
      "mcu", vector: 0, registers: 4, fused: [], latency: 1, pipes: 1, caches: .none, unroll: 256,
      macro: "", flags: "",
      "any microcontroller: scalar, loops in place of long code"),
    Target(
      "cortex-m4", vector: 0, registers: 16, fused: [.f32], latency: 3, pipes: 1, caches: .none,
      unroll: 256,
      macro: "__ARM_FEATURE_FMA", flags: "-mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard",
      compiler: "arm-none-eabi-gcc",
      "Cortex-M4F and later: scalar, fused in single precision"),
    Target(
      "cortex-m0", vector: 0, registers: 4, fused: [], latency: 1, pipes: 1, caches: .none,
      unroll: 256, macro: "",
      flags: "-mcpu=cortex-m0 -mthumb", compiler: "arm-none-eabi-gcc",
      "Cortex-M0 and M0+: no floating-point unit"),
    Target(
      "cortex-m7", vector: 0, registers: 16, fused: [.f32, .f64], latency: 3, pipes: 1,
      caches: .none, unroll: 256,
      macro: "__ARM_FEATURE_FMA", flags: "-mcpu=cortex-m7 -mfpu=fpv5-d16 -mfloat-abi=hard",
      compiler: "arm-none-eabi-gcc", "Cortex-M7 with double precision: scalar, fused"),
    Target(
      "rv32", vector: 0, registers: 8, fused: [], latency: 1, pipes: 1, caches: .none, unroll: 256,
      macro: "",
      flags: "-march=rv32imac -mabi=ilp32", compiler: "riscv64-unknown-elf-gcc",
      "32-bit RISC-V without a floating-point unit, ESP32-C3 among them"),
    Target(
      "avr", vector: 0, registers: 4, fused: [], latency: 1, pipes: 1, caches: .none, unroll: 128,
      macro: "",
      flags: "-mmcu=atmega1284p", compiler: "avr-gcc",
      "8-bit AVR, such as an Arduino's; its compiler has `f32` only"),
    Target(
      "esp32", vector: 0, registers: 16, fused: [], latency: 2, pipes: 1, caches: .none,
      unroll: 256, macro: "",
      flags: "-mlongcalls", compiler: "xtensa-esp32-elf-gcc",
      "ESP32: scalar, a floating-point unit for single precision"),
  ]
}
