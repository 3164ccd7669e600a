package handspun.serve;

/** What is sent to a client: all at once, or bit by bit. */
sealed interface Answer permits Reply, EventStream {}
