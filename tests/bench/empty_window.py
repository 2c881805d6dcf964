"""空窗口 — the least program of this kind there can be: Qt, an empty window, nothing of ours. Built as ours is."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv)
window = QMainWindow()
window.resize(1366, 768)
window.show()
sys.exit(application.exec())
