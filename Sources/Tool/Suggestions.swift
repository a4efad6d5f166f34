import NNC

/// ``did you mean `name`?`` for the candidate that a misspelt name most likely means.
func didYouMean(
  _ name: String, _ candidates: [String], spelled: (String) -> String = { $0 }
) -> String? {
  suggestion(for: name, among: candidates).map { "did you mean `\(spelled($0))`?" }
}
