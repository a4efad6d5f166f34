import Algebra
import Graph
import Program
struct TensorLowering {
  init(_ context: Context, _ entry: EntryRequest, _ isReachable: [Bool]) {}
  func lower() -> (calls: [Entry.Call], plan: MemoryPlan) {
    preconditionFailure("tensors are not lowered yet")
  }
}
