/** How executors talk to each other while they train: connections, frames, and who sends what. */
package handspun.wire;
