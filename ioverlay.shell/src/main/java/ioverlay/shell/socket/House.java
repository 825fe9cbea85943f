package ioverlay.shell.socket;

import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.threadio.ThreadIO;
import org.osgi.framework.BundleContext;

/**
 * What shells are made from.
 *
 * @param processor of commands
 * @param threads whose standard streams are the shell's
 */
record House(BundleContext context, CommandProcessor processor, ThreadIO threads) {}
