"""Everything that makes or judges media: prompt → storyboard → frames and sound → clip. Knows no screen."""
