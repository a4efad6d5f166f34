import NNCGraph
import NNCProgram

/// What a task does in the network's words: a comment for its call, and a name for its kernel.
struct TaskWords {
  let context: Context
  let tasks: KernelTasks

  private var graph: Graph { context.graph }

  /// What the call computes: names of values, derivatives (`delta_h1`), fields; a short formula where nothing has a name.
  func comment(_ task: KernelTask) -> String {
    let words = task.outputs.compactMap { comment($0) }
    let updated = task.outputs.map { tasks.buffers[$0.target] }
      .filter { $0.base != .argument(.gradient) }.compactMap { context.field(at: $0)?.name }
    let all = words + (updated.isEmpty ? [] : ["update of " + updated.joined(separator: " and ")])
    if !all.isEmpty { return all.joined(separator: ", ") }
    if let formula = formula(task.outputs[task.outputs.count - 1].node) { return formula }
    guard let site = site(task) else { return "" }
    return site.way == .forward ? "part of \(site.layer)" : "the way back through \(site.layer)"
  }

  private func comment(_ output: KernelTask.Output) -> String? {
    let target = tasks.buffers[output.target]
    if let field = context.field(at: target) {
      return target.base == .argument(.gradient) ? "the gradient by \(field.name)" : nil
    }
    guard let name = name(of: output.node) else { return nil }
    guard case .buffer(let source) = output.source else { return name }
    if target.block > tasks.buffers[source].block { return "\(name), samples side by side" }
    return target.base == .workspace ? "\(name) in rows" : name
  }

  /// What people call a value; nil where it has no name.
  func name(of node: NodeID) -> String? {
    graph.names[node] ?? graph.symbol(node)?.name ?? graph.adjoints[node]?.name
  }

  /// A formula in the network's language, where it is short.
  private func formula(_ root: NodeID) -> String? {
    let (mostNodes, mostCharacters) = (16, 72)
    var seen: Set<NodeID> = [root]
    var stack = [root]
    while let id = stack.popLast() {
      if id != root, graph.names[id] != nil { continue }
      for operand in graph[id].operands where seen.insert(operand).inserted {
        stack.append(operand)
      }
      if seen.count > mostNodes { return nil }
    }
    let (text, definitions) = GraphPrinter(graph).formula(of: root)
    return definitions.isEmpty && text.count <= mostCharacters ? text : nil
  }

  /// What the kernel is called after: a field's gradient or update, a layer's forward or backward pass, or a value.
  func role(_ task: KernelTask) -> KernelRole {
    let isMany = tasks.entry.many && task.isBatched
    func called(_ own: String, _ common: String) -> KernelRole {
      isMany
        ? KernelRole(own: own + "_many", common: common + "_many") : .init(own: own, common: common)
    }
    if let field = fieldRole(task) { return called(field.own, field.common) }
    if case .buffer = task.outputs[0].source { return KernelRole() }
    if let site = task.heart.flatMap({ graph.site(of: $0) }) ?? site(task) {
      let verb = verb(task, site.way)
      return called("\(site.layer)_\(verb)", "\(site.kind)_\(verb)")
    }
    guard let name = valueName(task) else { return KernelRole() }
    return called(name, name)
  }

  /// `linear2_weight_update`, or `linear2_update` where several fields of a layer are written; in common with other layers
  /// `weight_update`, `update`.
  private func fieldRole(_ task: KernelTask) -> (own: String, common: String)? {
    let written = task.outputs.filter(\.isStored).map { tasks.buffers[$0.target] }
    let isGradient = written.contains { $0.base == .argument(.gradient) }
    let fields = written.filter { $0.base != .argument(.state) }.compactMap {
      context.field(at: $0)
    }
    let all = fields.isEmpty ? written.compactMap { context.field(at: $0) } : fields
    let names = Set(all.map(\.name))
    guard !names.isEmpty else { return nil }
    let verb = isGradient ? "gradient" : "update"
    if names.count == 1 {
      let words = names.first!.split(separator: ".")
      return ("\(names.first!)_\(verb)", "\(words.last!)_\(verb)")
    }
    let layers = Set(names.map { $0.split(separator: ".").dropLast().joined(separator: ".") })
    guard layers.count == 1, let layer = layers.first, !layer.isEmpty else { return (verb, verb) }
    return ("\(layer)_\(verb)", verb)
  }

  /// Where the last output belongs that belongs somewhere.
  private func site(_ task: KernelTask) -> Site? {
    task.outputs.lazy.reversed().compactMap { graph.site(of: $0.node) }.first
  }

  /// `forward`, `backward`, and what else is done on the way where numbers are moved: `pad`, `backward_pad`.
  private func verb(_ task: KernelTask, _ way: Site.Way) -> String {
    let move = move(task)
    switch way {
    case .forward: return move ?? "forward"
    case .backward: return move.map { "backward_" + $0 } ?? "backward"
    }
  }

  /// What a task is called that moves numbers: `pad`, `concat`; nil where it is none.
  func move(_ task: KernelTask) -> String? {
    switch graph[task.node].kind {
    case .pad where tasks.placement.isKept[Int(task.node.index)]: "pad"
    case .concat: "concat"
    default: nil
    }
  }

  private func valueName(_ task: KernelTask) -> String? {
    task.outputs.lazy.reversed().compactMap {
      graph.names[$0.node] ?? graph.adjoints[$0.node]?.name
    }.first
  }
}
