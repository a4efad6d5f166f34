@_exported import struct NNCVerification.SplitMix
