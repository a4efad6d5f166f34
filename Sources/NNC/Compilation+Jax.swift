import NNCGraph
import NNCLayers
import NNCProgram
import NNCStableHLO

extension Compilation {
  /// The network as a module of JAX, and the text of StableHLO that it reads. Functions are for batches of one size.
  public func jax(_ options: StableOptions = StableOptions()) throws(CompilationError)
    -> [GeneratedFile]
  {
    let network = try checkedNetwork().withSeparatePorts()
    let build = StableBuild(network, options, remarks: remarks)
    let fields = NetworkFields(network)
    func ports(_ list: [NetworkPort]) -> [JaxModule.Field] {
      list.map { JaxModule.Field(name: $0.name, shape: $0.shape, isWhole: $0.below != nil) }
    }
    let parameters = network.parameters.enumerated().map { index, parameter in
      let initial: JaxModule.Initial =
        switch parameter.initial {
        case .fill(let value): .fill(value)
        case .literal(let values): .list(values)
        case .uniform(let bound): .uniform(bound: bound, stream: index)
        case .normal(let deviation): .normal(deviation: deviation, stream: index)
        }
      return JaxModule.Field(name: parameter.name, shape: parameter.shape, initial: initial)
    }
    let state = fields.state.map { field -> JaxModule.Field in
      guard case .fill(let value) = field.initial else {
        return JaxModule.Field(name: field.name, shape: field.shape, initial: .fill(0))
      }
      return JaxModule.Field(name: field.name, shape: field.shape, initial: .fill(value))
    }
    let module = JaxModule(
      module: build.module, parameters: parameters, state: state, inputs: ports(network.inputs),
      outputs: ports(network.outputs), targets: ports(network.targets),
      dependsOnBatch: network.dependsOnBatch)
    return module.files.map { GeneratedFile(name: $0.name, text: $0.text) }
  }
}
