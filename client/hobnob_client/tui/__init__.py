"""The screen: Textual widgets that render values and report intent.

Only what lies in here imports Textual; what is pure beside a widget is tested without it.
"""
