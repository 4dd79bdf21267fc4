"""The doctor: do the broker and the database of the settings keep the promises the room makes?"""
