// The escapes of programming languages. What is invisible, ends of lines among it, is spelled by its number already.

/// Text that neither ends a comment nor begins one, that no trigraph (`??/` is a backslash) and no spliced line (a backslash
/// at its end) can change, and that gives Doxygen no commands (`@include`, `\cond`): a blank is put between the characters
/// that would, and a full stop behind a backslash at the end.
func cComment(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  var last: Unicode.Scalar = " "
  for scalar in text.unicodeScalars {
    switch (last, scalar) {
    case ("*", "/"), ("/", "*"), ("?", "?"), ("\\", _): result.append(" ")
    case ("@", _) where scalar != " ": result.append(" ")
    default: break
    }
    result.append(scalar)
    last = scalar
  }
  if last == "\\" { result.append(contentsOf: " .".unicodeScalars) }
  return String(result)
}

/// Trigraphs are undone by `\?`.
func cString(_ text: String) -> String {
  replaced(text) { scalar in
    switch scalar {
    case "\\", "\"", "?": "\\\(scalar)"
    default: nil
    }
  }
}

/// A backslash would begin an interpolation.
func swiftString(_ text: String) -> String {
  replaced(text) { $0 == "\\" || $0 == "\"" ? "\\\($0)" : nil }
}
