import NNCTool

runProcess()
