/** From a picture to a reading: normalise it, feed it forward, say what the network says. */
package handspun.read;
