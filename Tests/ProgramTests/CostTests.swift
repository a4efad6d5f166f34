import NNCAlgebra
import Testing

@testable import NNCProgram

@Suite struct CostTests {
  @Test func workedExample() throws {
    let program = SamplePrograms.backprop(.f64)
    let cost = program.cost(of: try #require(program.entry(.train, many: false)))
    #expect(cost.calls == ["exp": 4])
    #expect(cost.operations[.div] == 4)
    #expect(cost.operations[.mul] == 43)
    #expect(cost.loads == 16)
    #expect(cost.stores == 13)
    #expect(cost.bytes == 29 * 8)
    #expect(cost.expandedCount > cost.operationCount + 4 * 20)
    #expect(cost.description.hasPrefix("exp 4, add "))
  }

  @Test func loopsMultiply() throws {
    let program = SamplePrograms.layers(.f32)
    let cost = program.cost(of: try #require(program.entry(.predict, many: true)), samples: 10)
    #expect(cost.calls == ["exp": 70])
    #expect(cost.operations[.mul] == 10 * (35 + 21))
    #expect(cost.loads == 10 * (2 * 35 + 7 + 7 + 2 * 21 + 3))
    #expect(cost.bytes == (cost.loads + cost.stores) * 4)
  }
}
