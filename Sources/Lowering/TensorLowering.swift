import NNCAlgebra
import NNCGraph
import NNCProgram

/// Lowers an entry of tensors to a list of kernel calls over arrays in the workspace.
///
/// ``Placement`` chooses the values that are kept in memory, ``KernelTasks`` makes a task of each and of each result,
/// ``TaskOrder`` orders them, ``NestReader`` reads
/// the nest of each, ``Scheduler`` plans its loops, ``NestWriter`` writes them, and ``MemoryPlan`` lays out the workspace.
struct TensorLowering {
  private let context: Context
  private let entry: EntryRequest
  private let isReachable: [Bool]

  init(_ context: Context, _ entry: EntryRequest, _ isReachable: [Bool]) {
    self.context = context
    self.entry = entry
    self.isReachable = isReachable
  }

  /// The entry's calls, and the plan of its workspace.
  func lower() -> (calls: [Entry.Call], plan: MemoryPlan) {
    let (order, tasks) = TaskOrder.ordered(
      Fusion.joined(KernelTasks(context, entry, isReachable)))
    let words = TaskWords(context: context, tasks: tasks)
    var calls: [Entry.Call] = []
    var uses: [[BufferID]] = []
    for index in order {
      let task = tasks.tasks[index]
      let (kernel, arrays) = kernel(of: task, tasks)
      uses.append(arrays)
      context.roles.note(words.role(task), of: kernel)
      let references = arrays.map { id in
        Entry.ArrayReference(base: tasks.buffers[id].base, offset: tasks.buffers[id].offset)
      }
      calls.append(
        Entry.Call(kernel: kernel, arrays: references, comment: words.comment(task)))
    }
    var names = BufferMap<String>()
    for output in tasks.tasks.flatMap(\.outputs) {
      names[output.target] = words.name(of: output.node)
      if let whole = tasks.buffers[output.target].whole { names[whole] = names[output.target] }
    }
    let loops = CallLoops(order.map { tasks.tasks[$0].turns })
    let (plan, offsets) = MemoryPlan.laying(
      out: tasks.buffers, uses: loops.uses(uses, tasks.buffers),
      rows: context.request.maximumSamples, names: names)
    for call in calls.indices {
      calls[call].contents = uses[call].map { names[$0] ?? "" }
      for (place, buffer) in uses[call].enumerated() {
        let whole = tasks.buffers[buffer].whole ?? buffer
        if let offset = offsets[whole] { calls[call].arrays[place].offset += offset }
      }
    }
    let steps = uses.map { $0.map { tasks.buffers[$0].advance } }
    return (loops.turned(calls, steps), loops.turned(plan))
  }

  /// The kernel of a task, and the arrays that it is given.
  private func kernel(of task: KernelTask, _ tasks: KernelTasks) -> (Int, [BufferID]) {
    if case .noise = task.outputs[0].source { return write(task, tasks) }
    let (signature, arrays) = KernelSignature.of(task, tasks)
    if let known = context.written[signature] {
      note(task, tasks, context.plans[known.kernel] ?? [])
      return (known.kernel, known.arrays.map { arrays[$0] })
    }
    let (place, bound) = write(task, tasks)
    let numbers = Dictionary(uniqueKeysWithValues: arrays.enumerated().map { ($1, $0) })
    context.written[signature] = (place, bound.map { numbers[$0]! })
    return (place, bound)
  }

  private func write(_ task: KernelTask, _ tasks: KernelTasks) -> (Int, [BufferID]) {
    var writer = NestWriter(context, tasks.buffers, targets: task.outputs.map(\.target))
    let output = task.outputs[0]
    let count = context.graph.shape(output.node).elementCount
    var plans: [KernelPlan] = []
    let scheduler = Scheduler(context, tasks.buffers)
    func write(_ nest: Nest) {
      let schedule = scheduler.schedule(nest, terms: terms(nest))
      note(nest, schedule)
      writer.write(nest, schedule)
      plans.append(KernelPlan(nest: nest, schedule: schedule, arrays: writer.namesOfArrays))
    }
    switch output.source {
    case .noise(let noise): writer.writeNoise(noise, to: output.target, count: count)
    case .buffer(let source) where tasks.buffers.staysInBlocks(source, output.target):
      write(NestReader.copy(of: source, task, tasks))
    case .buffer(let source):
      writer.writeCopy(
        of: source, to: output.target, count: count, isBatched: entry.many && task.isBatched)
    case .node: for nest in NestReader.nests(of: task, tasks) { write(nest) }
    }
    let name = writer.kernelName(plain: plainName(of: task, tasks))
    let (kernel, used) = writer.writer.kernel(named: name)
    let place = context.kernels.place(of: kernel)
    context.plans[place] = context.plans[place] ?? plans
    return (place, used.map { writer.bound[Int($0)] })
  }

  /// Whether sums of this entry give others their order.
  private var leadsOthers: Bool {
    !context.request.origins.isEmpty && entry.kind == .predict && !entry.many
  }

  /// In which order the terms of a nest's sums are to be, where that is another entry's.
  private func terms(_ nest: Nest) -> Int? {
    guard entry.kind == .step else { return nil }
    let known = nest.sums.compactMap { sum in
      context.request.origins[sum].flatMap { context.termsInLanes[$0] }
    }
    return known.first
  }

  private func note(_ nest: Nest, _ schedule: Schedule) {
    if !leadsOthers { return }
    for sum in nest.sums { context.termsInLanes[sum] = nest.terms(in: schedule.lanes) }
  }

  /// Notes the order of sums in a task whose kernel was written for another.
  private func note(_ task: KernelTask, _ tasks: KernelTasks, _ plans: [KernelPlan]) {
    guard leadsOthers, case .node = task.outputs[0].source else { return }
    for (nest, plan) in zip(NestReader.nests(of: task, tasks), plans) { note(nest, plan.schedule) }
  }

  /// What a kernel is called that computes nothing.
  private func plainName(of task: KernelTask, _ tasks: KernelTasks) -> String {
    if let move = TaskWords(context: context, tasks: tasks).move(task) { return move }
    if case .constant = context.graph[task.node].kind { return "fill" }
    return "copy"
  }
}
