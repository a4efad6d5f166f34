import NNCAlgebra

/// What an x86 or ARM machine offers for one operation on a vector of some bytes.
struct MachineInstruction {
  var macro: String
  var type: String
  /// With `$0 $1 $2` for the operands.
  var call: String
}

/// The instructions for products added with one rounding, and for roots. Without one, each lane is computed by `fma`
/// or `sqrt`, which give the same bits.
func machineInstructions(
  _ primitive: Primitive, _ precision: Precision, bytes: Int
) -> [MachineInstruction] {
  let isDouble = precision == .f64
  let (x86, arm) = isDouble ? ("pd", "f64") : ("ps", "f32")
  let name = primitive == .fma ? "fmadd" : "sqrt"
  let operands = primitive == .fma ? "$0, $1, $2" : "$0"
  let neon = primitive == .fma ? "fma" : "sqrt"
  let neonOperands = primitive == .fma ? "$2, $0, $1" : "$0"
  func intel(_ bits: String, _ macro: String) -> MachineInstruction {
    MachineInstruction(
      macro: macro, type: "__m\(bits.isEmpty ? "128" : bits)\(isDouble ? "d" : "")",
      call: "_mm\(bits)_\(name)_\(x86)(\(operands))")
  }
  switch bytes {
  case 64: return [intel("512", "__AVX512F__")]
  case 32: return [intel("256", primitive == .fma ? "__FMA__" : "__AVX__")]
  case 16:
    return [
      intel("", primitive == .fma ? "__FMA__" : "__SSE2__"),
      MachineInstruction(
        macro: "__aarch64__", type: "float\(isDouble ? "64x2" : "32x4")_t",
        call: "v\(neon)q_\(arm)(\(neonOperands))"),
    ]
  case 8 where !isDouble:
    return [
      MachineInstruction(
        macro: "__aarch64__", type: "float32x2_t", call: "v\(neon)_f32(\(neonOperands))")
    ]
  default: return []
  }
}

/// The instructions that tell whether any bit of a vector is set.
func machineTests(_ precision: Precision, bytes: Int) -> [MachineInstruction] {
  switch bytes {
  case 64:
    let lane = precision == .f64 ? "epi64" : "epi32"
    return [
      MachineInstruction(
        macro: "__AVX512F__", type: "__m512i", call: "_mm512_test_\(lane)_mask($0, $0) != 0")
    ]
  case 32:
    return [
      MachineInstruction(macro: "__AVX__", type: "__m256i", call: "_mm256_testz_si256($0, $0) == 0")
    ]
  case 16:
    return [
      MachineInstruction(macro: "__SSE2__", type: "__m128i", call: "_mm_movemask_epi8($0) != 0"),
      MachineInstruction(macro: "__aarch64__", type: "uint32x4_t", call: "vmaxvq_u32($0) != 0"),
    ]
  default: return []
  }
}
