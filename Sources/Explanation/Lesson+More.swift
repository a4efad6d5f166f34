import NNCGraph

// One name; training; exercises; the script.
extension Lesson {
  /// A name's definition, what it rests on, and how it follows.
  mutating func tell(_ name: String) {
    if let gradient = sheet.gradients.first(where: { $0.by == name || $0.name == name }) {
      add(.heading(1, "The derivative by \(gradient.by ?? name)"))
      add(.equations([equation(gradient, isClosed: true)]))
      let needed = adjoints(of: gradient.node)
      for adjoint in needed.sorted(by: { $0.leaf > $1.leaf }) {
        add(.equations([equation(adjoint)]))
        if let how = derivation(adjoint.leaf) { add(how) }
      }
      if let how = derivation(gradient.leaf) { add(how) }
      let updates = sheet.updates.filter { $0.name == (gradient.by ?? "") + "'" }
      if !updates.isEmpty {
        let rule = material.rule.isEmpty ? "the update rule" : material.rule
        say(.text("The step of \(rule) changes it so:"))
        tell(updates)
      }
      return
    }
    guard let definition = sheet.definition(of: name) else { return }
    add(.heading(1, definition.name == "loss" ? "The loss" : definition.name))
    add(.equations([equation(definition)]))
    if let adjoint = sheet.backward.first(where: { $0.by == name || $0.name == name }) {
      if adjoint.leaf != definition.leaf { add(.equations([equation(adjoint)])) }
      if let how = derivation(adjoint.leaf) { add(how) }
    }
  }

  /// The adjoints that a formula needs, and those that they need.
  private func adjoints(of node: NodeID) -> [Worksheet.Definition] {
    var found: [Worksheet.Definition] = []
    var pending = [node]
    while let next = pending.popLast() {
      let leaves = Set(sheet.graph.leaves(of: next))
      for adjoint in sheet.backward
      where leaves.contains(adjoint.leaf) && !found.contains(where: { $0.leaf == adjoint.leaf }) {
        found.append(adjoint)
        pending.append(adjoint.node)
      }
      if found.count > Self.longest { break }
    }
    return found
  }

  mutating func tellHistory() {
    if material.history.count < 2 { return }
    add(.heading(1, "Training"))
    let last = material.history[material.history.count - 1].step
    say(
      .text(
        "The same step again and again, \(last) times. Rows are left out where there are many."))
    let isWide = material.history[0].parameters.count <= 16
    let names = sheet.given.filter { if case .parameter = $0.role { true } else { false } }
    var head = ["step", "E"]
    head += material.history[0].output.indices.prefix(4).map { "y\($0 + 1)" }
    if isWide, sheet.isScalar { head += names.map(\.name) }
    let rows = material.history.map { moment -> [[Document.Inline]] in
      var row: [[Document.Inline]] = [
        [.text("\(moment.step)")], [.number(Decimal.significant(moment.loss, 6))],
      ]
      row += moment.output.prefix(4).map { [.number(Decimal.fixed($0, 4))] }
      if isWide, sheet.isScalar { row += moment.parameters.map { [.number(Decimal.fixed($0, 4))] } }
      return row
    }
    add(.table(caption: "The network in training", head: head, rows: rows))
  }

  mutating func tellRegimes() {
    if material.regimes.isEmpty { return }
    add(.heading(1, "Three regimes of gradient descent"))
    say(
      .text(
        "An epoch is one pass over all \(material.sampleCount) samples. The samples that one update "
          + "uses are its batch; its gradient is the mean of theirs. One update is one iteration. "
          + "The last batch is smaller where the batch size does not divide the number of samples.")
    )
    let rows = material.regimes.map { regime -> [[Document.Inline]] in
      [
        [.text(regime.name)], [.text("\(material.sampleCount)")], [.text("\(regime.batch)")],
        [.text("\(regime.updates.count)")], [.number(Decimal.significant(regime.loss, 6))],
      ]
    }
    add(
      .table(
        caption: "One epoch of each",
        head: ["regime", "training set", "batch size", "updates", "E after it"], rows: rows))
    for regime in material.regimes { walk(regime) }
  }

  /// One regime, update by update. All begin at the same parameters.
  private mutating func walk(_ regime: Material.Regime) {
    add(.heading(2, regime.name.prefix(1).uppercased() + regime.name.dropFirst()))
    let count = material.sampleCount
    let what =
      regime.batch == count
      ? "The mean of all \(count) gradients makes one update: the step goes straight downhill, and an "
        + "epoch is one step."
      : regime.batch == 1
        ? "Each sample makes an update of its own, so an epoch is \(count) steps; a step that suits its "
          + "sample may be uphill for the others. Here they come in their order; in training they are "
          + "shuffled."
        : "Up to \(regime.batch) samples make an update: fewer steps than by single samples, each "
          + "nearer to downhill."
    say(.text(what))
    let rows = regime.updates.prefix(Material.mostUpdates).enumerated().map {
      number, update -> [[Document.Inline]] in
      let (first, last) = (update.samples.lowerBound + 1, update.samples.upperBound)
      return [
        [.text("\(number + 1)")], [.text(first == last ? "\(first)" : "\(first) to \(last)")],
        [.number(Decimal.significant(update.before, 6))],
        [.number(update.after.map { Decimal.significant($0, 6) } ?? "")],
      ]
    }
    add(
      .table(
        caption: "Updates by \(regime.name)",
        head: ["update", "samples", "E of them before", "E of all after"], rows: rows))
    if regime.updates.count > rows.count {
      say(.text("… and \(regime.updates.count - rows.count) more."))
    }
  }

  /// Questions with their answers folded away.
  mutating func exercise() {
    add(.heading(1, "Exercises"))
    say(.text("Work these out by hand, then unfold the answers."))
    func ask(_ question: String, _ definition: Worksheet.Definition?, isClosed: Bool = false) {
      guard let definition else { return }
      add(
        .folded(
          summary: [.text(question), .math([.formula(definition.leaf)]), .text("?")],
          [.equations([equation(definition, isClosed: isClosed)])]))
    }
    let hidden = sheet.forward.filter { $0.name != "loss" }
    ask("Forward: what is ", hidden.first)
    ask("Forward: what is ", hidden.dropFirst(hidden.count / 2).first)
    ask("Forward: what is ", sheet.forward.last)
    ask("Backward: what is ", sheet.backward.first)
    if sheet.backward.count > 1 { ask("Backward: what is ", sheet.backward.last) }
    ask("The chain rule: what is ", sheet.gradients.first, isClosed: true)
    ask("The chain rule: what is ", sheet.gradients.last, isClosed: true)
    ask("The update: what is ", sheet.updates.first)
  }

  mutating func tellScript() {
    guard let script = material.script else { return }
    add(.heading(1, "The same in PyTorch"))
    say(
      .text("This script prints the numbers of this page: outputs, loss, derivatives, parameters."))
    add(.code(language: "python", text: script))
  }
}
