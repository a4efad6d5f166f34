import NNCDiagnostics
import NNCSyntax

extension Elaborator {
  /// Adds a `let`, unless its name has a meaning of its own or is taken.
  func define(_ definition: Definition, layerKinds: [String]) {
    let name = definition.name
    if Self.reserved.contains(name.text), !scope.isOpen {
      report(.reservedName(name))
    } else if !replaceableNames.contains(name.text),
      functionNames.contains(name.text) || layerKinds.contains(name.text)
    {
      let what = functionNames.contains(name.text) ? "a function" : "a layer"
      report(.definedAlready(name, what))
    } else if let first = scope.definitions[name.text], first.generation == scope.generation {
      report(.definedTwice(name, first: first.name.span))
    } else {
      scope.definitions[name.text] = definition
      scope.faulty.remove(name.text)
      return
    }
    if scope.definitions[name.text] == nil { scope.faulty.insert(name.text) }
  }

  /// Reports each `let` that is defined by itself, directly or by way of others.
  ///
  /// A depth-first search with a stack of its own: a reference to a definition that is under way
  /// closes a circle.
  func reportCycles() {
    enum Mark { case underWay, done }
    var marks: [String: Mark] = [:]
    // The newest first, so that a message is about the source at hand.
    let roots = scope.definitions.values.sorted {
      (-$0.generation, $0.name.span.start) < (-$1.generation, $1.name.span.start)
    }
    for root in roots where marks[root.name.text] == nil {
      var path = [(name: root.name.text, rest: references(root)[...])]
      marks[root.name.text] = .underWay
      while let last = path.last {
        guard let next = last.rest.first else {
          marks[last.name] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].rest.removeFirst()
        switch marks[next] {
        case .done: break
        case .underWay:
          let circle = path.map(\.name).drop { $0 != next }
          report(.cycle(Array(circle), at: scope.definitions[circle.first!]!.name.span))
          scope.faulty.formUnion(circle)
        case nil:
          marks[next] = .underWay
          path.append((next, references(scope.definitions[next]!)[...]))
        }
      }
    }
  }

  /// The definitions that a definition's body mentions, in order.
  private func references(_ definition: Definition) -> [String] {
    var names: [String] = []
    let tree = definition.tree
    let own = Set((definition.parameters ?? []).map(\.text))
    for index in Int(tree[definition.body].first.index)...Int(definition.body.index) {
      switch tree.expressions[index].kind {
      case .name(let name) where !own.contains(name) && scope.definitions[name] != nil:
        names.append(name)
      case .call(let call) where scope.definitions[call.function.text] != nil:
        names.append(call.function.text)
      default: break
      }
    }
    return names
  }

  /// Reports names in the bodies of functions that were never called, and values of constants
  /// that were never used.
  func checkUnused() {
    let definitions = scope.definitions.values.filter { $0.generation == scope.generation }
    for definition in definitions.sorted(by: { $0.name.span.start < $1.name.span.start }) {
      guard !scope.faulty.contains(definition.name.text) else { continue }
      if definition.parameters == nil {
        _ = call(definition, [])
      } else {
        checkNames(definition)
      }
    }
  }

  private func checkNames(_ definition: Definition) {
    let tree = definition.tree
    let own = (definition.parameters ?? []).map(\.text)
    for index in Int(tree[definition.body].first.index)...Int(definition.body.index) {
      let expression = tree.expressions[index]
      switch expression.kind {
      case .name(let name) where !own.contains(name):
        if scope.definitions[name]?.parameters == nil, scope.definitions[name] != nil { break }
        _ = lookUp(name, expression.span)
      case .call(let call):
        let name = call.function.text
        guard scope.definitions[name] == nil, !functionNames.contains(name), !isFaulty(name),
          network(name) == nil
        else { break }
        report(unknown(function: call.function))
      default: break
      }
    }
  }
}
