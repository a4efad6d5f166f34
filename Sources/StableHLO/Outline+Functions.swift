extension Outline {
  /// Makes a function of equal parts, and calls of them.
  mutating func take(_ regions: Regions, _ library: inout Library) {
    let members = regions.members.map { $0.sorted() }
    let order = members[0].map { regions.inside[$0]!.number }
    // What the members are given: by what it is in each of them.
    var given: [[String]] = []
    var argumentOf: [[String]: Int] = [:]
    var bound: [[Int?]] = []
    for number in order {
      let own = regions.members.map { $0[number] }
      bound.append(
        operands[own[0]].indices.map { place in
          switch operands[own[0]][place] {
          case .immediate: return nil
          case .statement(let other) where regions.inside[other]?.member == 0: return nil
          default: break
          }
          let names = own.map { value(place, of: $0) }
          if let known = argumentOf[names] { return known }
          argumentOf[names] = given.count
          given.append(names)
          return given.count - 1
        })
    }
    let outer = order.filter { number in
      regions.members.enumerated().contains { member, statements in
        let statement = statements[number]
        return results.contains(self.statements[statement].name)
          || users[statement].contains { regions.inside[$0]?.member != member }
      }
    }
    let arguments = argumentNames(given)
    let argumentTypes = given.map { types[$0[0]]! }
    let resultTypes = outer.map { statements[regions.members[0][$0]].types[0] }
    let body = lines(regions, order, arguments, bound, outer)
    let isUpdate = outer.contains { number in
      regions.members.contains { assigned.contains(statements[$0[number]].name) }
    }
    let name = library.function(
      called: isUpdate ? "update" : self.name(of: members[0]),
      zip(arguments, argumentTypes).map { "%\($0): \($1)" }, resultTypes, body)
    let signature = "(\(argumentTypes.joined(separator: ", "))) -> " + listed(resultTypes)
    for (member, own) in regions.members.enumerated() {
      let anchor = own[0]
      let place = places[anchor]
      let list = given.map { $0[member] }.joined(separator: ", ")
      let values = outer.map { statements[own[$0]].name }
      let called = values.count == 1 ? values[0] : "%\(number)"
      calls[place] = Statement(
        name: called, text: "call @\(name)(\(list)) : \(signature)",
        location: location(of: own.sorted()), types: resultTypes)
      for statement in own {
        isTaken[statement] = true
        places[statement] = place
      }
      if values.count > 1 {
        number += 1
        for (place, value) in values.enumerated() { newNames[value[...]] = "\(called)#\(place)" }
      }
    }
  }

  /// What stands at a place of a statement's text: a value, or one of several.
  private func value(_ place: Int, of statement: Int) -> String {
    let name = names[statement][place]
    let rest = name.base[name.endIndex...]
    guard rest.first == "#" else { return String(name) }
    return name + "#" + rest.dropFirst().prefix { $0.isNumber }
  }

  /// The function's lines.
  private func lines(
    _ regions: Regions, _ order: [Int], _ arguments: [String], _ bound: [[Int?]], _ outer: [Int]
  ) -> [String] {
    var lines: [String] = []
    var own: [Int: String] = [:]
    func write(_ index: Int, _ text: String) {
      own[index] = "%\(own.count)"
      var kinds: Set<String> = []
      if let place = regions.inside[index] {
        kinds = Set(regions.members.map { kind(of: statements[$0[place.number]].location) })
      }
      let common = kinds.count == 1 ? kinds.first! : ""
      lines.append("\(own[index]!) = \(text)" + (common.isEmpty ? "" : " loc(\"\(common)\")"))
    }
    for (number, bound) in zip(order, bound) {
      let index = regions.members[0][number]
      let statement = statements[index]
      var text = ""
      var end = statement.text.startIndex
      for (place, name) in names[index].enumerated() {
        text += statement.text[end..<name.startIndex]
        end = name.endIndex
        if let argument = bound[place] {
          text += "%" + arguments[argument]
          let whole = value(place, of: index)
          end = statement.text.index(
            name.startIndex, offsetBy: whole.count)
          continue
        }
        switch operands[index][place] {
        case .immediate(let other):
          if own[other] == nil { write(other, statements[other].text) }
          text += own[other]!
        case .statement(let other): text += own[other]!
        case .outside: preconditionFailure("an argument is missing")
        }
      }
      write(index, text + statement.text[end...])
    }
    let values = outer.map { own[regions.members[0][$0]]! }.joined(separator: ", ")
    let kept = outer.map { statements[regions.members[0][$0]].types[0] }
    return lines + ["return \(values) : \(kept.joined(separator: ", "))"]
  }

  /// What arguments are called: what the names of all that is given have in common at their end.
  private func argumentNames(_ given: [[String]]) -> [String] {
    var taken: Set<String> = []
    return given.enumerated().map { number, names in
      var common = names[0].dropFirst().split(separator: ".")[...]
      for name in names {
        let parts = name.dropFirst().split(separator: ".")
        var length = min(common.count, parts.count)
        while common.suffix(length) != parts.suffix(length) { length -= 1 }
        common = common.suffix(length)
      }
      var name = common.joined(separator: ".")
      if name.isEmpty || name.first!.isNumber || name.contains("#") { name = "arg\(number)" }
      if !taken.insert(name).inserted {
        name += "_\(number)"
        taken.insert(name)
      }
      return name
    }
  }

  /// The kinds of layers that statements belong to.
  private func name(of statements: [Int]) -> String {
    var kinds: [String] = []
    for statement in statements {
      let next = kind(of: self.statements[statement].location)
      if !next.isEmpty, !kinds.contains(next) { kinds.append(next) }
    }
    return kinds.isEmpty || kinds.count > 3 ? "block" : kinds.joined(separator: "_")
  }

  /// The kind of the layer that a location names, and the way: of `block2.linear1_backward` it is `linear_backward`.
  private func kind(of location: String) -> String {
    let parts = location.split(separator: "\"")
    guard parts.count == 3 else { return "" }
    let name = parts[1].split(separator: ".").last ?? ""
    let way = name.hasSuffix("_backward") ? "_backward" : ""
    let layer = name.dropLast(way.count)
    let digits = layer.reversed().prefix { $0.isNumber }.count
    return layer.dropLast(digits) + way
  }

  /// Where a call belongs: where all belongs that it does.
  private func location(of statements: [Int]) -> String {
    var layers: [Substring] = []
    for statement in statements {
      let parts = self.statements[statement].location.split(separator: "\"")
      if parts.count == 3, !layers.contains(parts[1]) { layers.append(parts[1]) }
    }
    let list = layers.map { "\"\($0)\"" }.joined(separator: ", ")
    return layers.isEmpty ? "" : layers.count == 1 ? " loc(\(list))" : " loc(fused[\(list)])"
  }
}

/// Types as a function gives them.
func listed(_ types: [String]) -> String {
  types.count == 1 ? types[0] : "(\(types.joined(separator: ", ")))"
}
