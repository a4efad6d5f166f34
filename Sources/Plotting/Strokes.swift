import NNCText

/// The lines of a drawing that are no curve, with their colours on a light ground.
enum Rule: String {
  case minor = "#f0f0f0"
  case major = "#dddddd"
  case axis = "#888888"
}

/// A line from one place to another; `facts` are further attributes.
func line(
  _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ rule: Rule, _ facts: String = ""
) -> String {
  #"<line class="\#(rule)" x1="\#(short(x1))" y1="\#(short(y1))" x2="\#(short(x2))" y2="\#(short(y2))" stroke="\#(rule.rawValue)"\#(facts)/>"#
}

/// Words at a place; nothing where there are none.
func text(_ words: String, _ x: Double, _ y: Double, _ facts: String) -> String {
  words.isEmpty
    ? ""
    : #"<text x="\#(short(x))" y="\#(short(y))" \#(facts)>\#(words.escaped(for: .markup))</text>"#
}

/// A place to a tenth of a pixel.
func short(_ value: Double) -> String {
  let text = fixed(value, 1)
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
