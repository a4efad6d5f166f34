import Tool

runProcess()
