/** Loaded into forked servers: when the parent dies, even by a kill, the channel closes and nothing is left behind. */
if (process.channel) {
  process.once('disconnect', () => process.exit(0))
  process.channel.unref()
}
