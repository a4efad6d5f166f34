import NNCDiagnostics
import NNCGraph
import NNCLayers
import NNCSyntax
import Testing

/// Expressions, `let`s and assignments at a prompt.
struct ScopeTests {
  /// A prompt: what each entry gives, as text.
  struct Prompt {
    var network: Network

    mutating func enter(_ text: String) -> String {
      let entry = parseEntry(SourceFile(name: "entry", text: text))
      #expect(entry.diagnostics == [])
      return entry.items.map { item in
        switch item {
        case .expression(let id):
          let result = network.elaborate(id, in: entry.tree)
          switch result.value {
          case .node(let node): return nodeText(node, network.graph)
          case .gradients(let parts): return parts.map(\.name).joined(separator: " ")
          case nil: return Self.text(result.diagnostics)
          }
        case .assignment(let id, _):
          let (target, diagnostics) = network.target(id, in: entry.tree)
          guard let target else { return Self.text(diagnostics) }
          return "\(target.symbol.name) \(target.start) \(target.extent) \(target.shape)"
        case .definition(let index):
          return Self.text(network.define(index, in: entry.tree))
        }
      }.joined(separator: "; ")
    }

    private static func text(_ diagnostics: [Diagnostic]) -> String {
      diagnostics.map { "\($0.code) \($0.message)" }.joined(separator: "; ")
    }
  }

  private func prompt() throws -> Prompt {
    Prompt(network: try network("linear 2->2; sigmoid; linear 2->2; out: sigmoid; loss mse/2"))
  }

  @Test func names() throws {
    var prompt = try prompt()
    #expect(prompt.enter("w5") == "reshape[](slice[0, 0][1, 1](linear2.weight))")
    #expect(prompt.enter("h1") == "reshape[](slice[0][1](h))")
    #expect(prompt.enter("out; y") == "sigmoid(net_y); sigmoid(net_y)")
    #expect(prompt.enter("net_h") == "add(ij,j->i(linear1.weight, x), linear1.bias)")
    #expect(prompt.enter("loss") == "div(i->(square(sub(t, out))), 2)")
    #expect(prompt.enter("diff(loss, w5)") == "diff(loss, w5)")
    #expect(
      prompt.enter("grad(loss)") == "linear1.weight linear1.bias linear2.weight linear2.bias")
    #expect(prompt.enter("slope") == "N0301 nothing is called `slope`")
    #expect(prompt.enter("linear1.wieght") == "N0301 nothing is called `linear1.wieght`")
  }

  @Test func assignments() throws {
    var prompt = try prompt()
    #expect(prompt.enter("x = [1, 2]") == "x [0] [2] [2]")
    #expect(prompt.enter("t = [1, 2]") == "t [0] [2] [2]")
    #expect(prompt.enter("x2 = 1") == "x [1] [1] []")
    #expect(prompt.enter("w6 = 1") == "linear2.weight [0, 1] [1, 1] []")
    #expect(
      prompt.enter("linear1.weight = [[1, 2], [3, 4]]") == "linear1.weight [0, 0] [2, 2] [2, 2]")
    #expect(prompt.enter("linear1.weight[1] = [3, 4]") == "linear1.weight [1, 0] [1, 2] [2]")
    #expect(prompt.enter("linear1.weight[1, 0] = 3") == "linear1.weight [1, 0] [1, 1] []")
    #expect(prompt.enter("y = 1") == "N0322 this cannot be given a value")
    #expect(prompt.enter("h1 = 1") == "N0322 this cannot be given a value")
    #expect(prompt.enter("a = 1") == "N0301 nothing is called `a`")
  }

  @Test func definitions() throws {
    var prompt = try prompt()
    #expect(prompt.enter("let f(v) = 2*v; f(x1)") == "; mul(2, x1)")
    #expect(prompt.enter("let g(v) = f(v) + 1; g(3)") == "; add(mul(2, 3), 1)")
    #expect(prompt.enter("let f(v) = 3*v; g(3)") == "; add(mul(3, 3), 1)")
    #expect(prompt.enter("let f(v) = g(v)") == "N0321 `f` is defined by itself")
    #expect(prompt.enter("g(3)") == "add(mul(3, 3), 1)")
    #expect(prompt.enter("let half = 1/2; half") == "; div(1, 2)")
    #expect(prompt.enter("let tanh(v) = v") == "N0320 `tanh` is a function already")
    #expect(prompt.enter("let bad = foo") == "N0301 nothing is called `foo`")
    #expect(prompt.enter("bad") == "N0301 nothing is called `bad`")
    #expect(
      prompt.enter("let m(v) = v @ x; m(3)") == "; N0310 `@` does not fit a number and a list of 2")
  }

  @Test func messagesInFunctionsOfOtherSources() throws {
    var prompt = try prompt()
    _ = prompt.enter("let shifted(v) =                  v + [1, 2, 3]")
    let entry = parseEntry(SourceFile(name: "entry", text: "2*shifted(x)"))
    guard case .expression(let id) = entry.items[0] else { return }
    let diagnostic = try #require(prompt.network.elaborate(id, in: entry.tree).diagnostics.first)
    let span = try #require(diagnostic.primary.span)
    #expect(entry.tree.source.text(of: span) == "shifted(x)")
    #expect(diagnostic.primary.text == "in `shifted`")
    #expect(diagnostic.secondary == [])
  }

  @Test func withoutNetwork() throws {
    var scope = Scope()
    var graph = Graph()
    let parsed = parseExpression(
      SourceFile(name: "e", text: "diff(sigmoid(a*x + b), x) + w5 + y + t1"))
    let result = scope.elaborate(parsed.root, in: parsed.tree, graph: &graph)
    #expect(result.diagnostics == [])
    guard case .node(let node) = try #require(result.value) else { return }
    #expect(
      nodeText(node, graph) == "add(add(add(diff(sigmoid(add(mul(a, x), b)), x), w5), y), t1)")
    #expect(graph.symbols.allSatisfy { $0.role == .free && $0.shape == [] })
  }
}
