import Foundation
import Testing
@testable import Emission
@Test func dumpScratch() throws {
  for p in SamplePrograms.all(.f64) {
    for f in CEmitter(p, options: .init(selfCheck: true)).files {
      try f.text.write(toFile: "/tmp/dump/" + f.name, atomically: false, encoding: .utf8)
    }
  }
}
