import Foundation
import Testing

@testable import NNCTool

/// The manual page that `nnc help --man` prints.
@Suite struct ManualPageTests {
  @Test func namesEverything() {
    let page = nnc(["help", "--man"]).output
    for command in commands {
      #expect(page.contains(".SS nnc \(command.name) "))
      for option in command.options {
        #expect(page.contains("\\-\\-\(option.name.replacing("-", with: "\\-"))\\fR"))
      }
    }
    #expect(page.utf8.allSatisfy { $0 < 0x80 })
    #expect(nnc(["help", "compile", "--man"]).status == .wrongCall)
  }

  /// The programs that set manual pages have nothing to say against it.
  @Test(arguments: [
    ("mandoc", ["-T", "lint", "-W", "warning"]), ("groff", ["-man", "-Tutf8", "-ww", "-z"]),
  ])
  func isSoundRoff(program: String, arguments: [String]) throws {
    guard let program = path(of: program) else {
      print("\(program) is not installed: the manual page is not tried with it")
      return
    }
    try withFolder { folder in
      let page = folder + "/nnc.1"
      try Data(nnc(["help", "--man"]).output.utf8).write(to: URL(filePath: page))
      let complaints = try run(program, arguments + [page])
      #expect(complaints == "")
    }
  }
}
