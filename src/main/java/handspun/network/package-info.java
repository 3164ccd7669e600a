/** The network: topology, parameters, activation, feedforward, backpropagation, cost. */
package handspun.network;
