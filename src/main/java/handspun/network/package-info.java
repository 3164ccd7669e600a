/** The network: topology, parameters, feedforward, backpropagation and the quadratic cost. */
package handspun.network;
