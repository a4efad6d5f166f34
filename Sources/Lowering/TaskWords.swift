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
    return formula(task.outputs[task.outputs.count - 1].node) ?? ""
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

  /// What the kernel is called after: a layer's forward or backward pass, a field's gradient or update, or a value; nil
  /// where it is none of them.
  func role(_ task: KernelTask) -> String? {
    guard let role = fieldRole(task) ?? layerRole(task) ?? valueRole(task) else { return nil }
    return tasks.entry.many && task.isBatched ? role + "_many" : role
  }

  /// `linear2_weight_update`, or `linear2_update` where several fields of a layer are written.
  private func fieldRole(_ task: KernelTask) -> String? {
    let written = task.outputs.filter(\.isStored).map { tasks.buffers[$0.target] }
    let isGradient = written.contains { $0.base == .argument(.gradient) }
    let fields = written.filter { $0.base != .argument(.state) }.compactMap {
      context.field(at: $0)
    }
    let all = fields.isEmpty ? written.compactMap { context.field(at: $0) } : fields
    let names = Set(all.map(\.name))
    guard !names.isEmpty else { return nil }
    let verb = isGradient ? "gradient" : "update"
    if names.count == 1 { return "\(names.first!)_\(verb)" }
    let layers = Set(names.map { Self.layer(of: $0) })
    return layers.count == 1 ? "\(layers.first!)_\(verb)" : nil
  }

  /// `linear2_forward`: what multiplies by one layer's weights.
  private func layerRole(_ task: KernelTask) -> String? {
    let weights = task.leaves.compactMap { context.field(at: tasks.buffers[$0.buffer]) }
      .filter { $0.shape.count > 1 }
    guard weights.count == 1 else { return nil }
    let nodes = task.outputs.map(\.node)
    if nodes.contains(where: { graph.names[$0] != nil }) {
      return Self.layer(of: weights[0].name) + "_forward"
    }
    let isBackward = nodes.contains { graph.adjoints[$0] != nil }
    return isBackward ? Self.layer(of: weights[0].name) + "_backward" : nil
  }

  private func valueRole(_ task: KernelTask) -> String? {
    if case .buffer = task.outputs[0].source { return nil }
    return task.outputs.lazy.reversed().compactMap {
      graph.names[$0.node] ?? graph.adjoints[$0.node]?.name
    }.first
  }

  /// `linear2` of `linear2.weight`.
  private static func layer(of field: String) -> String {
    let words = field.split(separator: ".")
    return words.count > 1 ? words.dropLast().joined(separator: "_") : field
  }
}
