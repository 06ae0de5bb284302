"""Who speaks when in a recording that has everybody on one channel, and which of them is the agent."""
