import NNCProgram

extension ScalarFunction {
  /// What a comment says of the function.
  var summary: String {
    comment.isEmpty ? "\(name), by operations that every machine rounds alike." : comment
  }
}

extension Program {
  /// For each kernel what its calls compute, for a comment: each text once, of many the first; empty where nothing is known.
  var kernelComments: [String] {
    let longest = 90
    var lists = [[String]](repeating: [], count: kernels.count)
    for entry in entries {
      for call in entry.calls where !call.comment.isEmpty {
        if lists[call.kernel].count < 4, !lists[call.kernel].contains(call.comment) {
          lists[call.kernel].append(call.comment)
        }
      }
    }
    return lists.map { list in
      var text = ""
      for comment in list {
        if text.count + comment.count > longest { return text.isEmpty ? comment : text + "; ..." }
        text += (text.isEmpty ? "" : "; ") + comment
      }
      return text
    }
  }
}
