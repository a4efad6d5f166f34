// The escapes of pages and drawings.

/// The five characters that XML and HTML keep for themselves; what XML may not hold at all is spelled by its number.
func markup(_ text: String) -> String {
  replaced(text) { scalar in
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&#39;"
    case "\n", "\t": nil
    default: isInvisible(scalar) ? numbered(scalar) : nil
    }
  }
}

/// Markup and Markdown's own marks are put behind backslashes.
func markdown(_ text: String) -> String {
  replaced(text) { scalar in
    switch scalar {
    case "\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "&", "!", "$", "~": "\\\(scalar)"
    default: nil
    }
  }
}

/// A string of dot has escapes of its own (`\N` is a node's name), and the entities of HTML.
func dot(_ text: String) -> String {
  replaced(text) { scalar in
    switch scalar {
    case "\\", "\"": "\\\(scalar)"
    case "&": "&amp;"
    default: nil
    }
  }
}

/// Mermaid has the entities of HTML behind `#`, finds directives (`%%{…}%%`) anywhere, and reads Markdown in backquotes.
func mermaid(_ text: String) -> String {
  replaced(text) { scalar in
    switch scalar {
    case "&": "#amp;"
    case "<": "#lt;"
    case ">": "#gt;"
    case "\"": "#quot;"
    case "#", "%", "`", ";", "\\": "#\(scalar.value);"
    default: nil
    }
  }
}
