/**
 * The control socket of {@code waymark serve}: a Unix domain socket of its owner alone, by which {@code waymark ctl} looks into a
 * running server and changes it. It belongs to the program; the library opens no management port (ARS-7). {@link
 * dev.waymark.examples.control.ControlSocket} is the server's end, {@link dev.waymark.examples.control.ControlClient} the other.
 *
 * <p>The protocol is lines of JSON in UTF-8, so that anything can speak it. A request is one object in one line of at most 65,536
 * octets, with a {@code verb} and what that verb takes:
 *
 * <pre>
 * {"verb":"learned","peer":"nva1","prefix":"10.0.0.0/8","longer":true,"limit":2}
 * </pre>
 *
 * The reply is any number of lines with a {@code type} each, and a last line of type {@code done} or {@code error}:
 *
 * <pre>
 * {"type":"route","network":"10.1.0.0/16","nextHop":"10.0.2.4","sourcePeer":"10.0.2.4","asPath":"65001",...}
 * {"type":"route",...}
 * {"type":"done","count":2,"more":true}
 * {"type":"error","message":"there is no peer 'nva9'; there are nva1, nva2"}
 * </pre>
 *
 * Then the next request may come; requests that come earlier wait. A line that is no such request is answered with an error; after
 * one that is too long the connection is closed. {@code events} ends only with the connection, or the server. A client that takes
 * nothing for 30 seconds, or asks nothing for ten minutes, is disconnected, and there are at most 32 at a time.
 */
@NullMarked
package dev.waymark.examples.control;

import org.jspecify.annotations.NullMarked;
