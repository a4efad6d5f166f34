import NNCAlgebra

extension CEmitter {
  /// The macro by which a user gives up equal bits for speed.
  public static let otherBits = "NNC_OTHER_BITS"

  /// What keeps the bits the same with every compiler: an error where numbers are not what the code needs, or where a
  /// switch lets the compiler compute otherwise; and pragmas by which it rounds each product before it is added.
  ///
  /// gcc contracts in its GNU mode and ignores the standard's pragma; clang ignores any pragma under
  /// `-ffp-contract=fast`, but does not contract where operations could raise exceptions that count.
  var promise: [String] {
    var lines = ["#include <float.h>", ""]
    if program.precision == .f64 {
      lines += [
        "#if DBL_MANT_DIG != 53",
        "#error \"double has not 64 bits here: generate the code with --real f32\"", "#endif", "",
      ]
    }
    // 0 is each type's own precision, and 16 too, but for numbers of 16 bits; 1 and 64 compute in binary64.
    let extra =
      program.precision == .f64
      ? "FLT_EVAL_METHOD < 0 || FLT_EVAL_METHOD == 2"
      : "FLT_EVAL_METHOD < 0 || FLT_EVAL_METHOD == 1 || FLT_EVAL_METHOD == 2 || FLT_EVAL_METHOD == 64"
    return lines + [
      "/* Every compiler shall give the same bits; \(Self.otherBits), defined, gives that up for speed. */",
      "#ifndef \(Self.otherBits)",
      "#if defined __FAST_MATH__ || defined __ASSOCIATIVE_MATH__ || defined __RECIPROCAL_MATH__ \\",
      "  || defined __NO_SIGNED_ZEROS__ || defined _M_FP_FAST \\",
      "  || defined __FINITE_MATH_ONLY__ && __FINITE_MATH_ONLY__ != 0",
      "#error \"-ffast-math and its parts change results: compile without, or define \(Self.otherBits)\"",
      "#endif",
      "#if defined FLT_EVAL_METHOD && (\(extra))",
      "#error \"numbers have extra digits: compile with -msse2 -mfpmath=sse, or define \(Self.otherBits)\"",
      "#endif",
      "#if defined __clang__",
      "#pragma STDC FP_CONTRACT OFF",
      "#if __clang_major__ >= 17 && (defined __x86_64__ || defined __aarch64__)",
      "#pragma clang fp reassociate(off) reciprocal(off) exceptions(maytrap)",
      "#endif",
      "#elif defined __GNUC__",
      "#pragma GCC optimize(\"fp-contract=off\")",
      "#else",
      "#pragma STDC FP_CONTRACT OFF",
      "#endif",
      "#endif", "",
    ]
  }
}
