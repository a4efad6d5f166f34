import NNCAlgebra
import NNCProgram
import NNCText

extension CEmitter {
  /// A `main`, compiled where `NAME_SELF_CHECK` is defined, that compares the gradient with central differences of
  /// the loss at the initial parameters and prints what it found, field by field.
  var selfCheckText: [String] {
    guard parameters.count > 0, options.weightsPlace != WeightsPlace.none,
      let gradient = call(.gradient), let loss = call(.loss)
    else {
      return []
    }
    let isDouble = program.precision == .f64
    let suffix = isDouble ? "" : "f"
    let blocks =
      (state.count > 0 ? ["  static \(prefix)_state s;"] : [])
      + (program.workspaceCount > 0 ? ["  static \(prefix)_workspace w;"] : [])
    let hasTarget = program.targetCount > 0
    let data =
      ["  static \(type(.input)) x[\(max(1, program.inputCount))];"]
      + (hasTarget ? ["  static \(type(.target)) t[\(program.targetCount)];"] : [])
    let least = program.wholeNumbers[.input]?.min()
    let input =
      least.map { "(int32_t)((i * 37 + 11) % \($0))" }
      ?? "(\(real))((i * 37 + 11) % 64) / \(dialect.real(64)) - \(dialect.real(0.5))"
    let target = program.isWhole(.target) ? "0" : dialect.real(1)
    let fields = parameters.rows.map { row in
      "  {\"\(row.field.name.escaped(for: .cString))\", \(row.offset), "
        + "\(row.field.count), \(program.trains(row.field) ? 1 : 0)},"
    }
    let text = """
      #ifdef \(macro)_SELF_CHECK
      #include <stdio.h>
      \(options.weightsPlace == .header ? "#include \"\(prefix)_weights.h\"\n" : "")
      static const struct {
        const char *name;
        size_t offset;
        size_t count;
        int is_trained;
      } \(prefix)_fields[] = {
      \(fields.joined(separator: "\n"))
      };

      /* Compares the gradient with (loss(p + h) - loss(p - h)) / 2h, at 64 numbers of every field at most. */
      int main(void) {
        static \(prefix)_parameters p;
        static \(prefix)_parameters gradient;
      \((blocks + data).joined(separator: "\n"))
        int failures = 0;
      \(start.map { "  " + $0 }.joined(separator: "\n"))
        for (size_t i = 0; i < \(max(1, program.inputCount)); ++i) {
          x[i] = \(input);
        }
      \(hasTarget ? "  t[0] = \(target);" : "")
        printf("loss %.9g\\n", (double)\(gradient));
        for (size_t f = 0; f < sizeof \(prefix)_fields / sizeof \(prefix)_fields[0]; ++f) {
          \(real) *const values = (\(real) *)&p + \(prefix)_fields[f].offset;
          const \(real) *const slopes = (const \(real) *)&gradient + \(prefix)_fields[f].offset;
          const size_t stride = \(prefix)_fields[f].count / 64 + 1;
          \(real) worst = \(dialect.real(0));
          \(real) largest = \(dialect.real(0));
          for (size_t k = 0; k < \(prefix)_fields[f].count; k += stride) {
            const \(real) value = values[k];
            const \(real) h = \(dialect.real(isDouble ? 6e-6 : 1e-2));
            values[k] = value + h;
            const \(real) above = \(loss);
            values[k] = value - h;
            const \(real) below = \(loss);
            values[k] = value;
            const \(real) slope = (above - below) / (\(dialect.real(2)) * h);
            const \(real) size = fabs\(suffix)(slopes[k]);
            const \(real) error = fabs\(suffix)(slope - slopes[k]) / (\(dialect.real(1)) + size);
            worst = error > worst ? error : worst;
            largest = size > largest ? size : largest;
          }
          const char *verdict = "ok";
          if (!\(prefix)_fields[f].is_trained) {
            verdict = "frozen";
          } else if (!(worst < \(dialect.real(isDouble ? 1e-6 : 1e-2)))) {
            verdict = "WRONG";
            ++failures;
          } else if (largest == \(dialect.real(0))) {
            verdict = "zero: without influence";
          }
          printf("%-32s largest %.3e  error %.3e  %s\\n", \(prefix)_fields[f].name, (double)largest,
                 (double)worst, verdict);
        }
        puts(failures == 0 ? "gradient ok" : "gradient WRONG");
        return failures == 0 ? 0 : 1;
      }
      #endif
      """
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Sets the parameters and the state.
  private var start: [String] {
    let list = initialBlocks.map { "&" + $0.base }.joined(separator: ", ")
    return (options.weightsPlace == .header ? ["p = \(prefix)_weights;"] : [])
      + (list.isEmpty ? [] : ["\(prefix)_initialize(\(list));"])
  }

  private func call(_ kind: Entry.Kind) -> String? {
    guard let entry = program.entry(kind, many: false) ?? program.entry(kind, many: true) else {
      return nil
    }
    var list = entry.emittedArguments(of: program).map { argument in
      switch argument {
      case .parameters: "&p"
      case .state: "&s"
      case .gradient: "&gradient"
      default: argument.shortName
      }
    }
    let blocks = list.prefix { $0 == "&p" || $0 == "&s" }.count
    if entry.many { list.insert("1", at: blocks) }
    if entry.workspaceCount > 0 { list.append("&w") }
    return "\(prefix)_\(entry.name)(\(list.joined(separator: ", ")))"
  }
}
