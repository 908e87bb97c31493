/**
 * First programs. With a server running ({@code ./tautwire serve}), each runs from its source:
 *
 * <pre>{@code
 * java --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED -cp 'cli/target/lib/*' \
 *     examples/src/main/java/io/tautwire/examples/FirstSubscriber.java tcp://localhost:9007
 * }</pre>
 */
package io.tautwire.examples;
