import NNCDatasets

extension Dataset: SampleSource {}
