import NNCAlgebra
import NNCGraph
import NNCProgram

/// Lowers an entry of tensors to a list of kernel calls over arrays in the workspace.
///
/// ``Placement`` chooses the values that are kept in memory, ``KernelTasks`` makes a task of each and of each result,
/// ``Schedule`` orders them, ``NestWriter`` writes their loops, and ``MemoryPlan`` lays out the workspace.
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
    let (order, tasks) = Schedule.ordered(
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
    }
    let (plan, offsets) = MemoryPlan.laying(
      out: tasks.buffers, uses: uses, rows: context.request.maximumSamples, names: names)
    for call in calls.indices {
      calls[call].contents = uses[call].map { names[$0] ?? "" }
      for (place, buffer) in uses[call].enumerated() {
        if let offset = offsets[buffer] { calls[call].arrays[place].offset = offset }
      }
    }
    return (calls, plan)
  }

  /// The kernel of a task, and the arrays that it is given.
  private func kernel(of task: KernelTask, _ tasks: KernelTasks) -> (Int, [BufferID]) {
    if case .noise = task.outputs[0].source { return write(task, tasks) }
    let (signature, arrays) = KernelSignature.of(task, tasks)
    if let known = context.written[signature] {
      return (known.kernel, known.arrays.map { arrays[$0] })
    }
    let (place, bound) = write(task, tasks)
    let numbers = Dictionary(uniqueKeysWithValues: arrays.enumerated().map { ($1, $0) })
    context.written[signature] = (place, bound.map { numbers[$0]! })
    return (place, bound)
  }

  private func write(_ task: KernelTask, _ tasks: KernelTasks) -> (Int, [BufferID]) {
    var nest = NestWriter(tasks, task)
    nest.write()
    let (kernel, used) = nest.writer.kernel(named: nest.kernelName)
    return (context.kernels.place(of: kernel), used.map { nest.bound[Int($0)] })
  }
}
