/**
 * The Open Inference Protocol, version 2, as KServe, Triton and MLServer speak it, with the
 * extensions for binary tensors and for statistics, and version 1: what requests and answers hold,
 * without a transport.
 */
package handspun.inference;
