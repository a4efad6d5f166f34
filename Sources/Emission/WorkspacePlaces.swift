import NNCProgram

/// Names for the places in the workspace that an entry gives to kernels: `h1_at` for where h1 begins.
struct WorkspacePlaces {
  /// The constants, in the order of their use.
  private(set) var constants: [(name: String, offset: Int)] = []
  private var names: [Place: String] = [:]

  private struct Place: Hashable {
    let content: String
    let offset: Int
  }

  /// The places of an entry's calls of kernels over pointers.
  ///
  /// - Parameter spelled: makes the name of a constant.
  init(_ entry: Entry, _ plan: EmissionPlan, reserved: Set<String>, spelled: (String) -> String) {
    var taken = Names(reserved: reserved)
    // Of a loop the calls of the first turn alone are spelled.
    for run in plan.runs(of: entry) {
      for number in run.calls where plan.forms[entry.calls[number].kernel] == .shared {
        let call = entry.calls[number]
        for (reference, content) in zip(call.arrays, call.contents) {
          let place = Place(content: content, offset: reference.offset)
          guard reference.base == .workspace, !content.isEmpty, names[place] == nil,
            reference.offset <= Int(Int32.max)
          else { continue }
          let name = taken.claim(spelled(content))
          names[place] = name
          constants.append((name, reference.offset))
        }
      }
    }
  }

  /// The name of the place where an array of a call lies; nil where it has none.
  func name(_ call: Entry.Call, array: Int) -> String? {
    if array >= call.contents.count || call.arrays[array].base != .workspace { return nil }
    return names[Place(content: call.contents[array], offset: call.arrays[array].offset)]
  }
}
