/**
 * The data-parallel engine: who owns which examples, how the threads of a process and several
 * processes compute an epoch together, and how their parts of a mini-batch are summed. It does not
 * know where they run.
 */
package handspun.parallel;
